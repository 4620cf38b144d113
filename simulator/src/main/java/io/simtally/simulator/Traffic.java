package io.simtally.simulator;

/**
 * The requests and answers of a {@link Simulator} so far. A request is counted when it arrives,
 * also if it meets a {@link Fault}.
 *
 * @param tokenRequests requests for an access token; only ThingSpace has them
 * @param tokensIssued the number of different access tokens issued, by ThingSpace and IoT-X
 * @param loginRequests requests for a login; only ThingSpace has them
 * @param logins logins that opened a session
 * @param failedLogins logins refused for their username or password, or because the user is locked
 * @param usageRequests requests for usage, in all calls; without Hyper-Precise session reports
 * @param unknownRequests requests to a path that no page documents
 * @param refusedRequests requests that the provider would refuse, in all calls; without those that
 *     met a scripted status
 * @param rowsServed rows of usage in answers that were sent completely; without totals
 * @param bytesServed bytes of the bodies of these answers
 */
public record Traffic(
    long tokenRequests,
    long tokensIssued,
    long loginRequests,
    long logins,
    long failedLogins,
    long usageRequests,
    long unknownRequests,
    long refusedRequests,
    long rowsServed,
    long bytesServed) {
  /** Returns this traffic with the counts of an endpoint for access tokens. */
  public Traffic withTokens(long requests, long issued) {
    return new Traffic(
        requests,
        issued,
        loginRequests,
        logins,
        failedLogins,
        usageRequests,
        unknownRequests,
        refusedRequests,
        rowsServed,
        bytesServed);
  }
}
