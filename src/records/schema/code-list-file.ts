import { z } from 'zod'
import { enumValuePattern, typeNamePattern } from './names.js'
import type { CodeList } from './record-type.js'
import { pathText, type Checked } from './schema-problem.js'

const sentence = z.string().trim().min(1, 'Must not be empty.')

const codeListFile = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .max(63, 'Must have at most 63 characters.')
    .regex(typeNamePattern, 'Must be a name such as SchoolLevel: letters and digits, with a capital first.'),
  title: sentence,
  titleEn: sentence,
  values: z
    .array(
      z.strictObject({
        value: z
          .string()
          .max(63, 'Must have at most 63 characters.')
          .regex(enumValuePattern, 'Must be a name such as LOWER_SECONDARY: capitals, digits and underscores.'),
        label: sentence,
        labelEn: sentence,
      }),
    )
    .min(1, 'Must have at least one value.'),
})

/** A code list file's content as a CodeList. `file` is only for the problems. */
export function parseCodeList(file: string, content: unknown): Checked<CodeList> {
  const parsed = codeListFile.safeParse(content)
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => ({ file, path: pathText(path), message })),
    }
  }
  const { name, title, titleEn, values } = parsed.data
  const repeated = values.flatMap(({ value }, index) =>
    values.findIndex((other) => other.value === value) === index
      ? []
      : [{ file, path: `values[${index}].value`, message: `The value ${value} is there twice.` }],
  )
  if (repeated.length > 0) return { ok: false, problems: repeated }
  return {
    ok: true,
    value: {
      code: name,
      title: { vi: title, en: titleEn },
      values: values.map(({ value, label, labelEn }) => ({ value, label: { vi: label, en: labelEn } })),
    },
  }
}

/** The file that `parseCodeList` reads as this code list. */
export function codeListFileOf(list: CodeList): z.input<typeof codeListFile> {
  return {
    name: list.code,
    title: list.title.vi,
    titleEn: list.title.en,
    values: list.values.map(({ value, label }) => ({ value, label: label.vi, labelEn: label.en })),
  }
}
