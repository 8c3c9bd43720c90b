/** A definition of SDL, or a field of one, that is printed when somebody asks for it. */
export interface Definition {
  readonly name: string
  readonly sdl: () => string
}
