import ArgumentParser
import Exhibition
import Foundation
import Models
import Support
import Visualization

/// `vitrine spectrum`
struct SpectrumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum",
    abstract: "Measure the magnitude spectrum of natural pictures, for the method maco.",
    discussion: """
      The mean magnitudes of the pictures' Fourier transforms, in uncorrelated colours, as an array of NumPy's format:
      3 × size × (size/2 + 1). An exhibition measures its own references unless told to use a file.

      EXAMPLE
        vitrine spectrum content/references --size 96 -o spectrum.npy
        vitrine visualize --model content/models/demo-resnet --class tiger --method maco \\
          --set spectrum=spectrum.npy -o tiger.png
      """)

  @Argument(help: "A folder of pictures, or of folders of pictures.", completion: .directory)
  var folder: String

  @Option(help: "Side in pixels to which pictures are resized and cropped.")
  var size = 224

  @Option(help: "How many pictures are measured at most.")
  var count = 1000

  @Option(name: .shortAndLong, help: "The array's file.", completion: .file(extensions: ["npy"]))
  var output: String

  func validate() throws {
    guard (2...4096).contains(size), count > 0 else {
      throw ValidationError("--size is from 2 to 4096, --count from 1")
    }
    guard output.hasSuffix(".npy") else { throw ValidationError("the output's name must end in .npy") }
  }

  func run() throws {
    let files = try MagnitudeSpectrum.files(in: folder, limit: count)
    let cancellation = Cancellation()
    let interrupt = Interrupt(cancellation)
    let input = InputSpecification(size: size, resize: size)
    do {
      let spectrum = try withExtendedLifetime(interrupt) {
        try MagnitudeSpectrum.measure(files: files, input) { _ in try cancellation.check() }
      }
      try AtomicFile.write(spectrum.npy, to: output)
    } catch is CancellationError {
      Console.note("interrupted: nothing was written")
      throw ExitCode(130)
    }
    Console.print("\(output): the mean magnitudes of \(Console.count(files.count, "picture"))")
  }
}
