/// How much a collector takes at once.
public struct CollectorLimits: Equatable, Sendable {
  /// The largest body of a request, in bytes.
  public var bodyBytes = 256 * 1024
  /// The most answers in a request.
  public var eventsInRequest = 100
  /// The most connections at once; more wait.
  public var connections = 1024
  /// The longest time for a request to arrive whole, and for a connection to be idle, in seconds.
  public var requestSeconds = 20
  /// Requests a second for each participant, and how many may come at once.
  public var participantRate = RateLimit(perSecond: 20, burst: 120)
  /// New participants a second.
  public var beginRate = RateLimit(perSecond: 20, burst: 200)
  /// Requests a second that name an unknown token or code.
  public var strangerRate = RateLimit(perSecond: 5, burst: 50)
  /// The most requests that wait for the disk; more are told to come again.
  public var waitingRequests = 4096
  /// How long a participant who began is counted as one who will finish, in seconds.
  public var patienceSeconds = 2 * 3600
  /// The largest size of the database in bytes; without a limit if absent.
  public var databaseBytes: Int?

  /// The limits that suit a study with some hundred participants.
  public init() {}
}

/// A rate with an allowance for what comes at once.
public struct RateLimit: Equatable, Sendable {
  /// How many a second in the long run.
  public var perSecond: Double
  /// How many at once after a rest.
  public var burst: Double

  /// A rate.
  public init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
  }
}
