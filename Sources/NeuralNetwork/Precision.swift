/// The numbers that a network multiplies.
public enum Precision: String, Sendable, Codable, CaseIterable {
  /// Single precision throughout.
  case float32 = "fp32"
  /// Weights of convolutions and linear layers rounded to bfloat16, half the memory for linear layers; sums and
  /// everything else in single precision. Where the processor multiplies such numbers fast (AVX-512; for linear
  /// layers with its bf16 instructions), what they read is rounded, too.
  case bfloat16 = "bf16"
}
