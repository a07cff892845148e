import { describe, expect, it } from "vitest";
import { looksLikeCurl, parseCurl } from "../src/curl.js";

describe("what a curl command line sends", () => {
  it.each([
    ["curl -d a=1 http://x/api", "http://x/api", "a=1"],
    ["$ curl.exe http://x --data a=1 --data-raw=b=2", "http://x", "a=1&b=2"],
    ["curl -sSXPOST -H 'A: b' -da=1 --url=http://x", "http://x", "a=1"],
    ["curl -X POST --request=POST --url http://x -sd a=1", "http://x", "a=1"],
    ["curl --max-time 5 -o out http://x --json '{}'", "http://x", "{}"],
    [
      "curl http://x --data-urlencode 'a=1 +' --data-urlencode '=&' --data-urlencode 'b c'",
      "http://x",
      "a=1+%2B&%26&b+c",
    ],
    ["curl -k -d a=1", null, "a=1"],
  ])("%s", (line, url, body) => {
    expect(looksLikeCurl(line)).toBe(true);
    expect(parseCurl(line)).toEqual({ ok: true, value: { url, body } });
  });

  it.each([
    ["curl http://x", "curl_no_body", "REQ-002"],
    ["curl -F a=1 http://x", "curl_multipart", "REQ-002"],
    ["curl --form=a=1 http://x", "curl_multipart", "REQ-002"],
    ["curl -d @body.txt http://x", "curl_file", null],
    ["curl -d 'a", "curl_quote", null],
  ])("%s is refused: %s", (line, code, requirement) => {
    expect(parseCurl(line)).toMatchObject({ ok: false, rejection: { code, requirement } });
  });

  it("another text is none", () => {
    expect(["curly -d a=1", "a curl -d", "curl"].map(looksLikeCurl)).toEqual([false, false, false]);
  });
});
