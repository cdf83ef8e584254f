import Foundation
import Testing

@testable import CollectorTrial

/// The collector as a process that is killed.
@Suite(.serialized) struct CrashTests {
  /// In the long form (`VITRINE_LONG_TRIALS=1`) it is killed 500 times.
  @Test func nothingAcknowledgedIsLost() throws {
    let folder = try TrialFolder()
    var trial = KillTrial()
    if ProcessInfo.processInfo.environment["VITRINE_LONG_TRIALS"] != nil { trial.kills = 500 }
    let report = try trial.run(in: folder.path)
    print(report)
    #expect(report.kills >= 50)
    #expect(report.lost.isEmpty && report.strange.isEmpty && report.wrong.isEmpty, "\(report)")
    #expect(report.acknowledged > 500 && report.exitStatus == 0)
  }
}

/// A folder that goes away with the test.
final class TrialFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("vitrine-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
