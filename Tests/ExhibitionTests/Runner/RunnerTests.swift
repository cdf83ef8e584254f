import Foundation
import Support
import Synchronization
import Testing

@testable import Exhibition

/// A workshop whose jobs only note that they were done.
final class FakeWorkshop: Workshop {
  let log = Mutex<[String]>([])
  /// What a job does beyond that.
  let action: @Sendable (Job, (Double) throws(CancellationError) -> Void) throws -> Void
  let wanted: @Sendable (Job) -> Int

  init(
    threads: @escaping @Sendable (Job) -> Int = { _ in 1 },
    action: @escaping @Sendable (Job, (Double) throws(CancellationError) -> Void) throws -> Void = { _, _ in }
  ) {
    self.action = action
    wanted = threads
  }

  func makeWorker() -> any Worker { Hand(shop: self) }
  func threads(for job: Job, cores: Int) -> Int { wanted(job) }
  var done: [String] { log.withLock { $0 } }

  final class Hand: Worker {
    let shop: FakeWorkshop
    init(shop: FakeWorkshop) { self.shop = shop }

    func perform(
      _ job: Job, threads: Int, progress: (Double) throws(CancellationError) -> Void
    ) throws -> Artifact {
      try shop.action(job, progress)
      shop.log.withLock { $0.append(job.title) }
      return Artifact(payload: Made.payload, files: ["x.txt": Store.NewFile(Data(job.title.utf8))])
    }
  }
}

@Suite struct RunnerTests {
  let place: Workplace
  let store: Store

  init() throws {
    place = try Workplace()
    store = Store(folder: place.path + "/store")
  }

  static func plan(_ jobs: [Job]) -> Plan {
    var plan = Plan()
    for job in jobs {
      plan.add(job, as: Job.Key(kind: job.kind, model: "m", subject: .picture(job.identity, file: "")))
    }
    return plan
  }

  func runner(_ jobs: [Job], _ shop: FakeWorkshop, _ change: (inout Runner.Options) -> Void = { _ in })
    -> Runner
  {
    var options = Runner.Options()
    options.cores = 2
    change(&options)
    let plan = Self.plan(jobs)
    return Runner(store: store, workshop: shop, options: options) { plan }
  }

  @Test func jobsRunOnceAndInOrderOfNeed() throws {
    let first = Made.job("first")
    let second = Made.job("second", inputs: [first.identity])
    let third = Made.job("third", inputs: [second.identity])
    let shop = FakeWorkshop()
    let summary = try runner([first, second, third], shop).run()
    #expect(shop.done == ["first", "second", "third"])
    #expect(summary == RunSummary(done: 3))
    let again = FakeWorkshop()
    #expect(try runner([first, second, third], again).run() == RunSummary(already: 3))
    #expect(again.done.isEmpty)
  }

  @Test func damagedResultsAreMadeAgainAndNothingElse() throws {
    let jobs = (0..<3).map { Made.job("job \($0)") }
    _ = try runner(jobs, FakeWorkshop()).run()
    try FileManager.default.removeItem(atPath: store.path(of: "x.txt", in: jobs[1].identity))
    let shop = FakeWorkshop()
    let events = Mutex<[String]>([])
    let summary = try runner(jobs, shop).run(report: { event in
      if case .damaged(let job, let reason) = event {
        events.withLock { $0.append("\(job.title): \(reason)") }
      }
    })
    #expect(shop.done == ["job 1"])
    #expect(summary == RunSummary(done: 1, already: 2))
    #expect(events.withLock { $0 } == ["job 1: x.txt is missing"])
  }

  @Test func failureIsKeptTheRestGoesOnAndRetryIsPossible() throws {
    let bad = Made.job("bad")
    let child = Made.job("child", inputs: [bad.identity])
    let good = Made.job("good")
    let shop = FakeWorkshop(action: { job, _ in if job.title == "bad" { throw WorkError(reason: "no light") }
    })
    let summary = try runner([bad, child, good], shop).run()
    #expect(summary.failures == [RunSummary.Failure(title: "bad", message: "no light")])
    #expect(summary.left == 1)
    #expect(shop.done == ["good"])
    guard case .failed(let record) = store.state(of: bad.identity) else {
      Issue.record("the failure wasn't recorded")
      return
    }
    #expect(record.failure == "no light")
    let mended = FakeWorkshop()
    #expect(try runner([bad, child, good], mended).run() == RunSummary(done: 2, already: 1))
    #expect(mended.done == ["bad", "child"])
  }

  @Test(.timeLimit(.minutes(10))) func cancelledRunKeepsWhatIsDoneAndGoesOnLater() throws {
    let jobs = (0..<6).map { Made.job("job \($0)") }
    let cancellation = Cancellation()
    let shop = FakeWorkshop(threads: { _ in 2 }) { job, progress in
      if job.title == "job 3" { cancellation.cancel() }
      // A long job asks after each step.
      for step in 0..<1000 { try progress(Double(step) / 1000) }
    }
    let summary = try runner(jobs, shop).run(cancellation: cancellation)
    #expect(summary.isInterrupted)
    #expect(summary.done == 3 && summary.left == 3)
    #expect(shop.done == ["job 0", "job 1", "job 2"])
    #expect(!place.files("store").contains { $0.contains(".tmp-") })
    let rest = FakeWorkshop()
    #expect(try runner(jobs, rest).run() == RunSummary(done: 3, already: 3))
    #expect(Set(rest.done) == ["job 3", "job 4", "job 5"])
  }

  /// The circuit of a class does; the classes that a channel serves, found by the same kind of job, don't.
  @Test func doneJobsOpenOthers() throws {
    let circuit = Made.job("circuit", kind: .circuit, of: .classLogit)
    let channel = Made.job("channel")
    let store = store
    let shop = FakeWorkshop()
    let runner = Runner(store: store, workshop: shop) {
      Self.plan(store.record(circuit.identity) == nil ? [circuit] : [circuit, channel])
    }
    #expect(try runner.run() == RunSummary(done: 2))
    #expect(shop.done == ["circuit", "channel"])
  }

  @Test func twoRunsAtOnceDoNoHarm() throws {
    let jobs = (0..<40).map { Made.job("job \($0)") }
    let shops = [FakeWorkshop(), FakeWorkshop()]
    let runners = shops.map { runner(jobs, $0) }
    let summaries = Mutex<[RunSummary]>([])
    let group = DispatchGroup()
    for runner in runners {
      group.enter()
      Thread {
        if let summary = try? runner.run() { summaries.withLock { $0.append(summary) } }
        group.leave()
      }.start()
    }
    group.wait()
    #expect(summaries.withLock { $0.map { $0.done + $0.already } } == [40, 40])
    for job in jobs { #expect(store.state(of: job.identity, scrutiny: .full).record != nil) }
    #expect(!place.files("store").contains { $0.contains(".tmp-") })
  }

  @Test func shardsShareTheWork() throws {
    let jobs = (0..<30).map { Made.job("job \($0)") }
    var all: [String] = []
    for part in ["1/3", "2/3", "3/3"] {
      let shop = FakeWorkshop()
      _ = try runner(jobs, shop) { $0.shard = Shard(part) }.run()
      all += shop.done
    }
    #expect(all.sorted() == jobs.map(\.title).sorted())
    for wrong in ["0/3", "4/3", "x", "1/", "1/0", "-1/2"] { #expect(Shard(wrong) == nil) }
  }

  @Test func onlyTakesWhatIsNeeded() throws {
    let parent = Made.job("parent")
    let child = Made.job("child", inputs: [parent.identity])
    let other = Made.job("other")
    let shop = FakeWorkshop()
    _ = try runner([parent, other, child], shop) { $0.only = String(child.identity.prefix(12)) }.run()
    #expect(shop.done == ["parent", "child"])
  }

  @Test func storeThatCannotBeWrittenEndsTheRun() throws {
    try place.file("store", "a file where the folder should be")
    #expect(throws: FileError.self) { try runner([Made.job("a")], FakeWorkshop()).run() }
  }
}
