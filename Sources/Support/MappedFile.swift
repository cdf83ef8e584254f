import Foundation

/// A whole file mapped read-only into memory: opening a large checkpoint costs nothing until it is read.
public final class MappedFile: @unchecked Sendable {
  /// The file's bytes; valid as long as this object lives.
  public let bytes: UnsafeRawBufferPointer
  /// The path that it was opened by.
  public let path: String

  /// Maps a regular file. Throws ``FileError`` if it doesn't exist, isn't a regular file or can't be mapped.
  public init(path: String) throws(FileError) {
    self.path = path
    bytes = try RegularFile.open(path) { (descriptor, count) throws(FileError) -> UnsafeRawBufferPointer in
      guard count > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      #if FUZZ
        // The sanitizer knows where memory of the heap ends, but not where a mapped file does.
        let copy = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
        return UnsafeRawBufferPointer(start: copy, count: max(0, pread(descriptor, copy, count, 0)))
      #else
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
          throw FileError(path: path, action: "map", errorNumber: errno)
        }
        return UnsafeRawBufferPointer(start: start, count: count)
      #endif
    }
  }

  /// Lets go of the memory that holds some of the file's bytes; they are read from the file again when they are needed.
  public func forget(_ part: UnsafeRawBufferPointer) {
    #if !FUZZ
      guard let base = bytes.baseAddress, let start = part.baseAddress, start >= base,
        start + part.count <= base + bytes.count
      else { return }
      // Whole pages only: others hold bytes of the neighbours.
      let page = sysconf(Int32(_SC_PAGESIZE))
      let first = (start - base + page - 1) / page * page
      let end = (start - base + part.count) / page * page
      if first < end { madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_DONTNEED) }
    #endif
  }

  deinit {
    #if FUZZ
      bytes.deallocate()
    #else
      if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    #endif
  }
}
