/// The numbers that a network multiplies.
public enum Precision: String, Sendable, Codable, CaseIterable {
  /// Single precision throughout.
  case float32 = "fp32"
  /// Factors of convolutions and linear layers rounded to bfloat16, sums in single precision.
  case bfloat16 = "bf16"
}
