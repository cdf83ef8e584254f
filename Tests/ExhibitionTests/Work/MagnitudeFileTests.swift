import Foundation
import Testing
import Visualization

@testable import Exhibition

/// The file format that magnitudes are kept in.
@Suite struct MagnitudeFileTests {
  @Test func whatIsWrittenIsRead() throws {
    let place = try Workplace()
    let spectrum = MagnitudeSpectrum.inverseFrequency(size: 10)
    let path = place.path + "/spectrum.npy"
    try spectrum.npy.write(to: URL(fileURLWithPath: path))
    #expect(try MagnitudeSpectrum(file: path) == spectrum)
    try spectrum.npy.dropLast(4).write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) { try MagnitudeSpectrum(file: path) }
    try Data("no numbers".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) { try MagnitudeSpectrum(file: path) }
  }
}
