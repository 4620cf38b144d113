package io.simtally.fleet.check;

import io.simtally.core.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A call that failed: in words for the user, and in words that name nobody. */
final class Failure {
  /** The codes that the providers' pages list; another one may be a customer's name. */
  private static final Pattern DOCUMENTED_CODE =
      Pattern.compile(
          "9008\\d\\d|9009\\d\\d|INVALID_ACCESS|INVALID_PARAMETER|INTERNAL_ERROR"
              + "|authentication_error|invalid_client|invalid_request|invalid_grant"
              + "|unauthorized_client|unsupported_grant_type|invalid_scope"
              + "|[A-Za-z]{1,30}[.](INPUT_INVALID|REQUEST_FAILED|REQUEST_ONHOLD|REQUEST_CANCELLED)"
              + "[.](SessionToken|Password|UserName|Device|DeviceNotFound|AccountName"
              + "|AccountNotFound|Request|UnexpectedError)"
              + "([.](Expired|Format|Invalid|Kind|Identifier|InvalidCharacter|Missing))*");

  private Failure() {}

  /** What happened; the line it stands in says of which call. */
  static String text(ApiException failure) {
    var prefix = failure.provider() + " " + failure.operation() + ": ";
    var message = failure.getMessage();
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  static Map<String, Object> facts(ApiException failure) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("failure", failure.kind().name());
    facts.put("status", failure.status());
    var code = failure.code();
    if (code != null) {
      facts.put("code", DOCUMENTED_CODE.matcher(code).matches() ? code : "not documented");
    }
    return facts;
  }

  /** What to do about a call that failed. */
  static String advice(Service service, ApiException failure, boolean isHtml) {
    if (isHtml) {
      return "a web page came in place of an answer: look for a proxy or a log-in page between, and"
          + " at "
          + service.baseUrlVariable()
          + " if it is set";
    }
    return switch (failure.kind()) {
      case UNAUTHENTICATED ->
          "compare "
              + String.join(", or ", service.credentials().stream().map(Failure::names).toList())
              + " with what the provider gave you: it was not accepted";
      case FORBIDDEN -> "ask for " + service.right() + ": the credential is good, but lacks it";
      case NOT_FOUND, INVALID_REQUEST, CONFLICT ->
          "look at the device in the devices file, and at "
              + service.baseUrlVariable()
              + " if it is set";
      case RATE_LIMITED -> "wait, and let other programs with this key ask more slowly";
      case SERVER_ERROR -> "try again later; if it stays, tell the provider the request id";
      case UNREADABLE_RESPONSE, UNEXPECTED_STATUS, PAGING_STALLED ->
          "report it with the file of --json: the service answers in a way that Simtally does not"
              + " know";
      case CONNECTION, TIMEOUT, CANCELLED ->
          "try again; if it stays, look for a firewall or a proxy between";
    };
  }

  private static String names(List<String> variables) {
    return String.join(" and ", variables);
  }
}
