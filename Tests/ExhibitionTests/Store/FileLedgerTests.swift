import Foundation
import Support
import Testing

@testable import Exhibition

@Suite struct FileLedgerTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.file("a.txt", "one")
    try place.file("folder/b.txt", "two")
    try place.folders("folder/inner")
  }

  func ledger() -> FileLedger {
    var ledger = FileLedger()
    for name in ["a.txt", "folder", "missing.txt"] { ledger.note(place.path + "/" + name) }
    return ledger
  }

  @Test func nothingChangedHoldsAlsoAfterReadingItBack() throws {
    let ledger = ledger()
    #expect(ledger.holds)
    let lines = try #require(ledger.lines)
    #expect(lines.count == 3)
    #expect(FileLedger(lines: lines.map { Substring($0) }) == ledger)
    #expect(ledger.holds(place.path + "/a.txt") && !ledger.holds(place.path + "/folder/b.txt"))
  }

  @Test func everyChangeIsSeen() throws {
    let manager = FileManager.default
    let path = place.path
    let changes: [(String, () throws -> Void)] = [
      ("longer", { try place.file("a.txt", "three") }),
      ("gone", { try manager.removeItem(atPath: path + "/a.txt") }),
      ("in a folder", { try place.file("folder/b.txt", "twelve") }),
      ("new in a folder", { try place.file("folder/c.txt", "") }),
      ("gone from a folder", { try manager.removeItem(atPath: path + "/folder/b.txt") }),
      ("new folder", { try place.folders("folder/other") }),
      ("there now", { try place.file("missing.txt", "") }),
      (
        "same length, another time",
        {
          try Data("eno".utf8).write(to: URL(fileURLWithPath: path + "/a.txt"))
          try manager.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path + "/a.txt")
        }
      ),
    ]
    for (name, change) in changes {
      try place.file("a.txt", "one")
      try place.file("folder/b.txt", "two")
      for extra in ["folder/c.txt", "folder/other", "missing.txt"] {
        try? manager.removeItem(atPath: path + "/" + extra)
      }
      let ledger = ledger()
      #expect(ledger.holds)
      try change()
      #expect(!ledger.holds, "\(name)")
    }
  }

  @Test func whatIsYoungerThanItsReadingIsNotSettled() {
    var old = FileLedger()
    old.note(place.path + "/a.txt", readAfter: FileStatus.Time(seconds: .max, nanoseconds: 0))
    #expect(old.isSettled)
    var young = FileLedger()
    young.note(place.path + "/folder", readAfter: FileStatus.Time(seconds: 1, nanoseconds: 0))
    #expect(!young.isSettled)
    var any = FileLedger()
    any.note(place.path + "/folder")
    #expect(any.isSettled)
  }

  @Test func namesWithLineBreaksAreNotWritten() throws {
    var ledger = FileLedger()
    ledger.note(place.path + "/a\nb")
    #expect(ledger.lines == nil)
  }
}
