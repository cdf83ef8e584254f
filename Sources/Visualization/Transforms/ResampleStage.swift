import CKernels
import Tensor

/// Separable resampling with its own pair of tables for each picture that it gives; of each that it takes it may give
/// several, one after the other.
final class ResampleStage: TransformStage {
  let input: BatchShape
  let output: BatchShape
  private let tables: [(rows: BandTable, columns: BandTable)]
  private let copies: Int
  private let scratch: FloatBuffer
  private let fillTables: (BandTable, BandTable, inout RandomSource) -> Void

  /// `output` has `copies` times the pictures of `input`. `taps`: most inputs that one output reads along (height,
  /// width). `fillTables` draws what it needs and
  /// writes the weights of rows and columns.
  init(
    input: BatchShape, output: BatchShape, copies: Int = 1, taps: (rows: Int, columns: Int),
    fillTables: @escaping (BandTable, BandTable, inout RandomSource) -> Void
  ) {
    precondition(output.count == copies * input.count, "each picture gives as many")
    self.input = input
    self.output = output
    self.copies = copies
    self.fillTables = fillTables
    tables = (0..<output.count).map { _ in
      (
        BandTable(inputs: input.height, outputs: output.height, taps: taps.rows),
        BandTable(inputs: input.width, outputs: output.width, taps: taps.columns)
      )
    }
    scratch = FloatBuffer(
      count: Int(
        vitrine_resample_scratch(
          Int32(input.channels), Int32(input.height), Int32(input.width), Int32(output.width))))
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
        source + index / copies * input.picture, target + index * output.picture, scratch.start,
        Int32(input.channels), Int32(input.height), Int32(input.width), table.rows.band, table.columns.band)
    }
  }

  func adjoint(_ gradient: UnsafePointer<Float>, to sourceGradient: UnsafeMutablePointer<Float>) {
    vitrine_zero(Int64(input.total), sourceGradient)
    for (index, table) in tables.enumerated() {
      vitrine_resample_adjoint(
        gradient + index * output.picture, sourceGradient + index / copies * input.picture, scratch.start,
        Int32(input.channels), Int32(input.height), Int32(input.width), table.rows.band, table.columns.band)
    }
  }
}
