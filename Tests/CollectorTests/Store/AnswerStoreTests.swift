import Foundation
import GRDB
import Study
import Testing

@testable import Collector
@testable import CollectorTrial

@Suite struct AnswerStoreTests {
  private func open(_ path: String, hash: String = "h", fileSystem: Int? = 0xEF53) throws -> AnswerStore {
    try AnswerStore(path: path, expecting: .study(name: "s", hash: hash), fileSystem: { _ in fileSystem })
  }

  @Test func whatIsCommittedIsSynced() throws {
    let folder = try TrialFolder()
    let store = try open(folder.path + "/a.sqlite")
    let (journal, synchronous) = try store.database.writeWithoutTransaction {
      (
        try String.fetchOne($0, sql: "PRAGMA journal_mode"), try Int.fetchOne($0, sql: "PRAGMA synchronous")
      )
    }
    #expect(journal == "wal" && synchronous == 2)
    var status = stat()
    #expect(stat(store.path, &status) == 0 && status.st_mode & 0o077 == 0)
  }

  @Test(arguments: [(0x6969, "nfs"), (0xFF53_4D42, "cifs"), (0x6573_5546, "fuse"), (-11_317_950, "cifs")])
  func refusesNetworkFileSystems(kind: Int, name: String) throws {
    let folder = try TrialFolder()
    #expect {
      try open(folder.path + "/a.sqlite", fileSystem: kind)
    } throws: {
      "\($0)".contains("network file system (\(name))")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.sqlite"))
  }

  @Test func knowsTheKindOfAFolder() throws {
    let folder = try TrialFolder()
    #expect(FileSystem.kind(of: folder.path) != nil && FileSystem.kind(of: folder.path + "/none") == nil)
    #expect(FileSystem.freeBytes(in: folder.path) > 0)
  }

  @Test func refusesOtherStudiesAndOtherFiles() throws {
    let folder = try TrialFolder()
    let path = folder.path + "/a.sqlite"
    try open(path).close()
    #expect(throws: CollectorError.otherStudy(path: path, found: "s (h)", expected: "s (other)")) {
      try open(path, hash: "other")
    }
    try open(path).close()
    let text = folder.path + "/b.sqlite"
    try Data("this is no database, but a text of some length".utf8).write(to: URL(fileURLWithPath: text))
    #expect(throws: CollectorError.self) { try open(text) }
    #expect(throws: CollectorError.self) { try open(folder.path) }
    #expect(throws: CollectorError.self) { try open(folder.path + "/none/a.sqlite") }
    #expect(throws: CollectorError.self) { try StudyArchive(databasePath: folder.path + "/c.sqlite") }
    let foreign = folder.path + "/d.sqlite"
    try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    #expect(throws: CollectorError.self) { try open(foreign) }
  }

  @Test func refusesADamagedFile() throws {
    let collector = try RunningCollector()
    for _ in 0..<20 { _ = try collector.participant() }
    let copy = collector.folder.path + "/copy.sqlite"
    try StudyArchive(databasePath: collector.database).backup(to: copy)
    var data = try Data(contentsOf: URL(fileURLWithPath: copy))
    for index in 4096..<min(data.count, 40_960) { data[index] = 0x5A }
    try data.write(to: URL(fileURLWithPath: copy))
    #expect(throws: CollectorError.self) { try StudyArchive(databasePath: copy) }
  }

  @Test func answersAreNeverChanged() throws {
    let collector = try RunningCollector()
    let participant = try collector.participant()
    #expect(
      try participant.post("events", participant.body([try collector.answer(participant)])).status == 200)
    let queue = try DatabaseQueue(path: collector.database)
    for sql in ["UPDATE event SET value = '5'", "DELETE FROM event", "DELETE FROM participant"] {
      #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    }
  }
}
