/// The numbers that a network multiplies.
public enum Precision: String, Sendable, Codable, CaseIterable {
  /// Single precision throughout.
  case float32 = "fp32"
  /// Factors of convolutions rounded to bfloat16, sums and everything else in single precision. Networks with
  /// attention, whose time goes into other products, are refused.
  case bfloat16 = "bf16"
}
