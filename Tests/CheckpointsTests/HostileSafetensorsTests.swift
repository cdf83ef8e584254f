import Foundation
import Support
import Testing

@testable import Checkpoints

/// Checkpoints come from strangers: whatever a file says, the answer is a tensor or an error that names the fault.
@Suite struct HostileSafetensorsTests {
  /// A file and a part of the message that it must get.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: Data
    var message: String

    init(_ name: String, _ file: Data, _ message: String) {
      self.name = name
      self.file = file
      self.message = message
    }

    init(_ name: String, header: String, bytes: Int = 8, _ message: String) {
      self.init(name, SafetensorsFile.raw(header, data: Data(count: bytes)), message)
    }

    var testDescription: String { name }
  }

  /// A header of one tensor "t" with some members changed.
  static func tensor(_ type: String = "\"F32\"", _ shape: String = "[2]", _ offsets: String = "[0,8]")
    -> String
  {
    #"{"t":{"dtype":\#(type),"shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  static func two(_ first: String, _ second: String) -> String {
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":\#(first)},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":\#(second)}}"#
  }

  static let valid = SafetensorsFile.raw(tensor(), data: Data(count: 8))

  static let cases: [Case] = [
    Case("empty file", Data(), "0 bytes are too few"),
    Case("seven bytes", Data(count: 7), "7 bytes are too few"),
    Case("no header", Data(count: 8), "\"{\" expected"),
    Case("header longer than the file", Data([100]) + Data(count: 20), "header of 100 bytes, but only 13"),
    Case("header of 2⁶⁴ − 1 bytes", Data(repeating: 0xFF, count: 40), "header of 18446744073709551615 bytes"),
    Case(
      "header of 2⁶³ bytes", Data(count: 7) + Data([0x80]) + Data(count: 9), "header of 9223372036854775808"),
    Case("zip archive", Data("PK\u{3}\u{4}".utf8) + Data(count: 60), "truncated or no safetensors file"),
    Case("cut in the header", Data(valid.prefix(30)), "truncated"),
    Case("cut in the data", Data(valid.dropLast(3)), "truncated or lies"),
    Case("bytes after the data", valid + Data(count: 3), "3 bytes after the last tensor"),
    Case("list instead of object", header: "[]", "\"{\" expected"),
    Case("text after the object", header: tensor() + "{}", "text after the end"),
    Case("object without end", header: #"{"t":{"dtype":"F32""#, "\",\" expected"),
    Case("string without end", header: #"{"t"#, "string without end"),
    Case(
      "no UTF-8", Data([7, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x7D]), "isn't UTF-8"),
    Case("control character", header: "{\"a\u{1}b\":1}", "control character"),
    Case("unknown escape", header: #"{"\x":1}"#, "unknown escape"),
    Case("half a surrogate", header: #"{"\ud800":1}"#, "half a surrogate"),
    Case("low surrogate alone", header: #"{"\udc00":1}"#, "half a surrogate"),
    Case("short escape", header: #"{"\u12"#, "four hexadecimal digits"),
    Case("number for a tensor", header: #"{"t":3}"#, "\"{\" expected"),
    Case("nesting", header: String(repeating: "{\"a\":", count: 5000), "unknown key"),
    Case(
      "two tensors of a name", header: "{\"t\":" + tensor().dropFirst(5).dropLast() + ",\"t\":{}}", "twice"),
    Case(
      "two escaped names that are one",
      header: #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\u0074":{}}"#, "twice"),
    Case(
      "two types", header: #"{"t":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "twice"),
    Case(
      "two shapes", header: #"{"t":{"shape":[2],"shape":[2],"dtype":"F32","data_offsets":[0,8]}}"#, "twice"),
    Case("two metadata keys", header: #"{"__metadata__":{"a":"1","a":"2"}}"#, "twice"),
    Case("metadata that is no text", header: #"{"__metadata__":{"a":1}}"#, "\"\"\" expected"),
    Case("no type", header: #"{"t":{"shape":[2],"data_offsets":[0,8]}}"#, "dtype is missing"),
    Case("no shape", header: #"{"t":{"dtype":"F32","data_offsets":[0,8]}}"#, "shape is missing"),
    Case("no offsets", header: #"{"t":{"dtype":"F32","shape":[2]}}"#, "data_offsets is missing"),
    Case("unknown member", header: #"{"t":{"dtype":"F32","strides":[1]}}"#, "unknown key \"strides\""),
    Case("unknown type", header: tensor("\"F23\""), "unknown dtype \"F23\"; did you mean \"F32\""),
    Case("type that is no text", header: tensor("7"), "\"\"\" expected"),
    Case("one offset", header: tensor("\"F32\"", "[2]", "[0]"), "holds 1 numbers, not 2"),
    Case("three offsets", header: tensor("\"F32\"", "[2]", "[0,4,8]"), "holds 3 numbers, not 2"),
    Case("negative extent", header: tensor("\"F32\"", "[-2]"), "without sign"),
    Case("negative offset", header: tensor("\"F32\"", "[2]", "[-8,0]"), "without sign"),
    Case("fractional extent", header: tensor("\"F32\"", "[2.0]"), "\",\" expected"),
    Case("exponent", header: tensor("\"F32\"", "[2e0]"), "\",\" expected"),
    Case("leading zero", header: tensor("\"F32\"", "[02]"), "leading zero"),
    Case("extent over 2⁶³", header: tensor("\"F32\"", "[99999999999999999999]"), "too large"),
    Case("trailing comma", header: tensor("\"F32\"", "[2,]"), "without sign"),
    Case("shape that overflows", header: tensor("\"F32\"", "[4294967296,4294967296]"), "overflows"),
    Case(
      "zero that hides an overflow", header: tensor("\"F32\"", "[4294967296,4294967296,0]", "[0,0]"),
      "overflows"),
    Case(
      "shape that wraps to the right size", header: tensor("\"F32\"", "[4611686018427387906]"), "overflows"),
    Case(
      "shape larger than the offsets", header: tensor("\"F32\"", "[3]"),
      "takes 12 bytes, but its offsets span 8"),
    Case(
      "shape smaller than the offsets", header: tensor("\"F32\"", "[1]"),
      "takes 4 bytes, but its offsets span 8"),
    Case("end before begin", header: tensor("\"F32\"", "[2]", "[8,0]"), "before they begin"),
    Case(
      "offsets that overflow", header: tensor("\"U8\"", "[1]", "[9223372036854775806,9223372036854775807]"),
      "overflow"),
    Case("data beyond the file", header: tensor("\"F32\"", "[1000]", "[0,4000]"), "truncated or lies"),
    Case("data that start late", header: tensor("\"F32\"", "[1]", "[4,8]"), "gap"),
    Case("gap between tensors", header: two("[0,4]", "[8,12]"), bytes: 12, "\"b\": leaves a gap"),
    Case("tensors that overlap", header: two("[0,4]", "[2,6]"), bytes: 6, "\"b\": overlaps"),
    Case("tensors that share data", header: two("[0,4]", "[0,4]"), bytes: 4, "overlaps"),
  ]

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: cases) func isRefusedWithItsReason(_ hostile: Case) throws {
    let path = try folder.write(hostile.file, "hostile.safetensors")
    expectError(containing: path, hostile.message) { _ = try SafetensorsFormat.read(MappedFile(path: path)) }
    expectError(containing: path) { _ = try Checkpoint(path: path) }
  }

  @Test func aFaultyTensorIsNamed() throws {
    let path = try folder.write(SafetensorsFile.raw(Self.tensor("\"F23\"")), "hostile.safetensors")
    expectError(containing: "hostile.safetensors: tensor \"t\": ") { _ = try Checkpoint(path: path) }
  }

  @Test func theValidFileOfTheseCasesIsRead() throws {
    let path = try folder.write(Self.valid, "valid.safetensors")
    #expect(try Checkpoint(path: path).tensors.count == 1)
  }
}
