import type { ConformanceCase } from './driver-fixture.js'
import type { Trial } from './trial.js'

/** One thing that every driver must do. */
export interface Case {
  readonly name: ConformanceCase
  /** False when the driver's capabilities or its format leave nothing to check. */
  applies(trial: Trial): boolean
  /** What is wrong; nothing when the driver conforms. */
  problems(trial: Trial): Promise<string[]>
}
