import Dispatch
import Models
import NeuralNetwork

/// Runs the patches of pictures through a network, some at a time, and finds each picture's best patch for each unit.
final class PatchBatch {
  private let model: Model
  private let grid: PatchGrid
  private let scorer: PatchScorer
  private let executor: Executor
  private let isParallel: Bool
  private let perPicture: Int
  /// How many pictures a run of ``find(in:)`` takes.
  let pictures: Int

  /// What was found in a picture, by unit.
  struct Finding {
    var scores: [Float]
    var patches: [Int32]
    /// Whether all activations were numbers.
    var isFinite = true
  }

  init(
    _ question: PatchQuestion, _ scorer: PatchScorer, model: Model, options: Executor.Options
  ) throws(NetworkError) {
    self.model = model
    self.scorer = scorer
    grid = question.grid
    isParallel = options.threads != 1
    perPicture = grid.count(model.input)
    let most = max(1, question.batch)
    pictures = max(1, most / perPicture)
    // Whole pictures where they fit; or else a picture in equal parts, so that the last run isn't nearly empty.
    let parts = (perPicture + most - 1) / most
    let slots = parts > 1 ? (perPicture + parts - 1) / parts : pictures * perPicture
    executor = try Executor(
      graph: model.graph, batch: slots, taps: scorer.taps, gradient: false, options: options)
  }

  /// The best patches of at most ``pictures`` prepared pictures.
  func find(in prepared: [[Float]]) throws -> [Finding] {
    var findings = prepared.map { _ in
      Finding(
        scores: [Float](repeating: -.infinity, count: scorer.units),
        patches: [Int32](repeating: 0, count: scorer.units))
    }
    var scores = [Float](repeating: 0, count: scorer.units)
    let total = prepared.count * perPicture
    for start in stride(from: 0, to: total, by: executor.batch) {
      let patches = start..<min(total, start + executor.batch)
      fill(patches, of: prepared)
      // A last run that isn't full leaves old patches behind it, whose values aren't read.
      try executor.forward()
      for patch in patches {
        scores.withUnsafeMutableBufferPointer { scores in
          scorer.read({ self.value(of: $0, at: patch - start) }, into: scores)
        }
        findings[patch / perPicture].take(scores, patch: Int32(patch % perPicture))
      }
    }
    return findings
  }

  private func value(of tap: Graph.NodeID, at slot: Int) -> UnsafeBufferPointer<Float> {
    let count = model.graph[tap].shape.reduce(1, *)
    return UnsafeBufferPointer(rebasing: executor.value(of: tap)[slot * count..<(slot + 1) * count])
  }

  /// Cuts patches out, enlarges them and writes them into the network's input.
  private func fill(_ patches: Range<Int>, of prepared: [[Float]]) {
    let images = prepared.map { model.image($0) }
    let size = model.input.count
    nonisolated(unsafe) let input = executor.input
    let write = { @Sendable [model, grid, perPicture] (place: Int) in
      let patch = patches.lowerBound + place
      let crop = grid.crop(images[patch / perPicture], patch % perPicture, model.input)
      var values = grid.enlarged(crop, model.input)
      model.input.normalize(&values)
      _ = UnsafeMutableBufferPointer(rebasing: input[place * size..<(place + 1) * size])
        .update(fromContentsOf: values)
    }
    if isParallel {
      DispatchQueue.concurrentPerform(iterations: patches.count, execute: write)
    } else {
      for place in 0..<patches.count { write(place) }
    }
  }
}

extension PatchBatch.Finding {
  /// Takes a patch's activations in; of equal ones the first patch counts.
  fileprivate mutating func take(_ activations: [Float], patch: Int32) {
    // Stays 0 as long as all are finite: 0 × ∞ is no number, and neither is a sum with what is none.
    var check: Float = 0
    for unit in activations.indices {
      check += 0 * activations[unit]
      if activations[unit] > scores[unit] { (scores[unit], patches[unit]) = (activations[unit], patch) }
    }
    if check != 0 { isFinite = false }
  }
}
