import CKernels
import Foundation

/// A rule that moves the parameters against the gradient, with the memory of earlier steps that it needs.
protocol Optimizer: AnyObject {
  /// Moves `parameters` in place; all buffers have the count that the optimizer was made for.
  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double)
}

/// Adam (Kingma & Ba 2015) as in PyTorch; if cautious, numbers whose mean gradient points against the present one stay
/// where they are, and the others go farther (Liang et al. 2024, arXiv 2411.16085, algorithm 1).
final class Adam: Optimizer {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Float
  private let isCautious: Bool
  private let m: FloatBuffer
  private let v: FloatBuffer
  private var steps = 0

  init(
    count: Int, betas: (Double, Double) = (0.9, 0.999), epsilon: Float = 1e-8, isCautious: Bool = false
  ) {
    (beta1, beta2) = betas
    self.epsilon = epsilon
    self.isCautious = isCautious
    m = FloatBuffer(count: count)
    v = FloatBuffer(count: count)
  }

  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double) {
    steps += 1
    let step = isCautious ? vitrine_cautious_adam : vitrine_adam
    step(
      parameters, gradient, m.start, v.start, m.count, Float(beta1), Float(beta2), epsilon, Float(rate),
      Float(1 - pow(beta1, Double(steps))), Float(1 - pow(beta2, Double(steps))))
  }
}

/// Adam with Nesterov momentum (Dozat 2016) as in PyTorch, with its decay of the momentum, 0.004.
final class NAdam: Optimizer {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Float
  private let decay: Double
  private let m: FloatBuffer
  private let v: FloatBuffer
  private var steps = 0
  private var product = 1.0

  init(count: Int, betas: (Double, Double) = (0.9, 0.999), epsilon: Float = 1e-8, decay: Double = 0.004) {
    (beta1, beta2) = betas
    self.epsilon = epsilon
    self.decay = decay
    m = FloatBuffer(count: count)
    v = FloatBuffer(count: count)
  }

  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double) {
    steps += 1
    let now = momentum(at: steps)
    let next = momentum(at: steps + 1)
    product *= now
    vitrine_nadam(
      parameters, gradient, m.start, v.start, m.count, Float(beta1), Float(beta2), epsilon,
      Float(rate * (1 - now) / (1 - product)), Float(rate * next / (1 - product * next)),
      Float(1 - pow(beta2, Double(steps))))
  }

  /// μₜ = β₁(1 − ½·0.96^(t·decay))
  private func momentum(at step: Int) -> Double { beta1 * (1 - 0.5 * pow(0.96, Double(step) * decay)) }
}

/// Gradient descent with momentum, without damping.
final class GradientDescent: Optimizer {
  private let momentum: Float
  private let m: FloatBuffer

  init(count: Int, momentum: Float = 0) {
    self.momentum = momentum
    m = FloatBuffer(count: count)
  }

  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double) {
    vitrine_momentum(parameters, gradient, m.start, m.count, momentum, Float(rate))
  }
}

/// Steps of equal length in every number, by the sign of the gradient (Goodfellow et al. 2015).
final class SignDescent: Optimizer {
  private let count: Int

  init(count: Int) { self.count = count }

  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double) {
    vitrine_sign_step(parameters, gradient, count, Float(rate))
  }
}

/// Steps of equal Euclidean length against the gradient (Madry et al. 2018, for L2).
final class NormalizedDescent: Optimizer {
  private let count: Int

  init(count: Int) { self.count = count }

  func step(_ parameters: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, rate: Double) {
    let norm = vitrine_sum_of_squares(gradient, count).squareRoot()
    // Without a slope there is no direction.
    if norm > 0 { vitrine_axpy(gradient, parameters, count, Float(-rate / norm)) }
  }
}
