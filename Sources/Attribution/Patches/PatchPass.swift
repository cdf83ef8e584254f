import Foundation
import Models
import NeuralNetwork

/// One pass over pictures: each is read once, by threads that are a few pictures ahead of the network, and nothing is kept
/// of it but what ``PatchTally`` holds.
struct PatchPass {
  let model: Model
  let question: PatchQuestion
  let list: PictureList
  let options: Executor.Options

  /// Seconds between two savings, at least; and a saving takes at most this share of the time.
  private static let pause = 30.0
  private static let share = 0.05

  /// Goes on from where an index stands to the end of the list.
  ///
  /// - Parameters:
  ///   - save: is given the index now and then, and when the pass ends early. The index then is as it was after some
  ///     picture, and a pass that goes on from it ends with the same one.
  ///   - progress: May throw to end the pass.
  func run(
    _ index: inout PatchIndex, save: (PatchIndex) -> Void,
    progress: (AttributionProgress) throws -> Void
  ) throws {
    let scorer = try PatchScorer(question.subject, in: model)
    let batch = try PatchBatch(question, scorer, model: model, options: options)
    let threads = options.threads > 0 ? options.threads : ProcessInfo.processInfo.activeProcessorCount
    // A photograph takes a core a tenth of the time that a large network takes both for its patches.
    let readers = min(4, (threads + 1) / 2)
    let feed = PictureFeed(
      index.records.count..<list.count, threads: readers, ahead: readers + batch.pictures
    ) {
      [list, input = model.input] in ReadPicture.read(list.items[$0].path, for: input)
    }
    defer { feed.stop() }
    var clock = SavingClock()
    var isSaved = true
    do {
      var waiting: [ReadPicture] = []
      try progress(.init(stage: .looking, done: index.records.count, total: list.count))
      while let picture = feed.next() {
        waiting.append(picture)
        let done = index.records.count + waiting.count
        let isFull = waiting.count(where: { $0.record.fault == nil }) == batch.pictures
        if isFull || done == list.count {
          try take(waiting, batch, into: &index)
          waiting = []
          isSaved = false
        }
        try progress(.init(stage: .looking, done: done, total: list.count))
        if !isSaved, clock.isTime {
          clock.measure { save(index) }
          isSaved = true
        }
      }
    } catch {
      if !isSaved { save(index) }
      throw error
    }
  }

  /// Looks at pictures and takes in what was found; those whose activations are no numbers are skipped like those that
  /// couldn't be read.
  private func take(_ pictures: [ReadPicture], _ batch: PatchBatch, into index: inout PatchIndex) throws {
    var findings = try batch.find(in: pictures.filter { $0.record.fault == nil }.map(\.pixels))[...]
    for picture in pictures {
      var record = picture.record
      if record.fault == nil, let finding = findings.popFirst() {
        let place = index.records.count
        if finding.isFinite {
          index.tally.add(
            picture: place, group: index.members[place], scores: finding.scores, patches: finding.patches)
        } else {
          record.fault = "its activations left the range of numbers"
        }
      }
      index.records.append(record)
    }
  }

  /// Tells when it is time to save.
  private struct SavingClock {
    private var last = Date()
    private var duration = 0.0

    var isTime: Bool {
      Date().timeIntervalSince(last) > max(PatchPass.pause, duration / PatchPass.share)
    }

    mutating func measure(_ work: () -> Void) {
      let start = Date()
      work()
      last = Date()
      duration = last.timeIntervalSince(start)
    }
  }
}
