import CKernels
import Tensor

/// Separable resampling with its own pair of tables for each picture.
final class ResampleStage: TransformStage {
  let input: BatchShape
  let output: BatchShape
  private let tables: [(rows: BandTable, columns: BandTable)]
  private let scratch: FloatBuffer
  private let fillTables: (BandTable, BandTable, inout RandomSource) -> Void

  /// `taps`: most inputs that one output reads along (height, width). `fillTables` draws what it needs and
  /// writes the weights of rows and columns.
  init(
    input: BatchShape, output: BatchShape, taps: (rows: Int, columns: Int),
    fillTables: @escaping (BandTable, BandTable, inout RandomSource) -> Void
  ) {
    self.input = input
    self.output = output
    self.fillTables = fillTables
    tables = (0..<input.count).map { _ in
      (
        BandTable(inputs: input.height, outputs: output.height, taps: taps.rows),
        BandTable(inputs: input.width, outputs: output.width, taps: taps.columns)
      )
    }
    scratch = FloatBuffer(count: input.channels * input.height * output.width)
  }

  func draw(from random: inout RandomSource) {
    for table in tables {
      table.rows.clear()
      table.columns.clear()
      fillTables(table.rows, table.columns, &random)
    }
  }

  func apply(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    for (index, table) in tables.enumerated() {
      vitrine_resample(
        source + index * input.picture, target + index * output.picture, scratch.start,
        Int32(input.channels), Int32(input.height), Int32(input.width), table.rows.band, table.columns.band)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    for (index, table) in tables.enumerated() {
      vitrine_resample_adjoint(
        gradient + index * output.picture, sourceGradient + index * input.picture, scratch.start,
        Int32(input.channels), Int32(input.height), Int32(input.width), table.rows.band, table.columns.band)
    }
  }
}
