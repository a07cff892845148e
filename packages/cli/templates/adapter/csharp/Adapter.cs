// Adapter of your client for Ksherproof: JSON Lines on stdin and stdout, one request a line, one answer a line.
// Build: dotnet build -c Release -o out; run: dotnet out/adapter.dll (.NET 8 and later).
// Logs go to stderr: Console.Error.WriteLine. Nothing else may be printed.
using System.Text;
using System.Text.Json.Nodes;

// An operation is offered as soon as its function stands here in place of null.
var ops = new Dictionary<string, Func<JsonObject, JsonObject>?>
{
    ["canonicalize"] = null, // Ops.Canonicalize
    ["sign"] = null, // Ops.Sign
    ["verify"] = null, // Ops.Verify
    ["create"] = null, // Ops.Create
    ["cancel"] = null, // Ops.Cancel
    ["query"] = null, // Ops.Query
    ["notify"] = null, // Ops.Notify
};

JsonObject Hello() => new()
{
    ["protocol"] = 1,
    ["name"] = "my client",
    ["version"] = "0.1.0",
    ["language"] = "C#",
    ["ops"] = new JsonArray(ops.Where(one => one.Value != null).Select(one => (JsonNode)JsonValue.Create(one.Key)!).ToArray()),
    ["concurrent"] = false,
};

JsonObject Answer(JsonObject request)
{
    var reply = new JsonObject { ["id"] = (long)request["id"]! };
    var op = (string)request["op"]!;
    try
    {
        if (op == "hello") reply["ok"] = Hello();
        else if (ops.GetValueOrDefault(op) is { } run) reply["ok"] = run(request["args"] as JsonObject ?? new JsonObject());
        else reply["error"] = new JsonObject { ["kind"] = "unsupported", ["message"] = "no " + op };
    }
    catch (Exception error)
    {
        reply["error"] = new JsonObject { ["kind"] = "failed", ["message"] = error.Message };
    }
    return reply;
}

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true, NewLine = "\n" };
while (input.ReadLine() is { } line)
    if (line.Trim() != "") output.WriteLine(Answer((JsonObject)JsonNode.Parse(line)!).ToJsonString());

static class Ops
{
    // YOUR CLIENT: the exact text that it signs for args["params"]: return new JsonObject { ["canonical"] = text };
    public static JsonObject Canonicalize(JsonObject args) => throw new NotImplementedException("canonicalize is not filled in");

    // YOUR CLIENT: the signature of args["params"] with args["private_key"] (PEM): { ["sign"] = hex }
    public static JsonObject Sign(JsonObject args) => throw new NotImplementedException("sign is not filled in");

    // YOUR CLIENT: whether args["sign"] fits args["data"] under args["public_key"]: { ["valid"] = true }
    public static JsonObject Verify(JsonObject args) => throw new NotImplementedException("verify is not filled in");

    // YOUR CLIENT at args["base_url"], as args["appid"]: create args["mch_order_no"]: { ["outcome"] = "created" }
    public static JsonObject Create(JsonObject args) => throw new NotImplementedException("create is not filled in");

    // YOUR CLIENT at args["base_url"], with args["private_key"], args["timeout_ms"]: cancel args["mch_order_no"]:
    // { ["outcome"] = "cancelled" }: or already_cancelled, already_paid, not_found, failed ...; a time-out that throws: unknown
    public static JsonObject Cancel(JsonObject args) => throw new NotImplementedException("cancel is not filled in");

    // YOUR CLIENT: query args["mch_order_no"], verify the answer with args["public_key"]: { ["outcome"] = "paid" }
    public static JsonObject Query(JsonObject args) => throw new NotImplementedException("query is not filled in");

    // YOUR SERVER'S HANDLER: args["body"] is the raw body: { ["outcome"] = "paid", ["reply"] = text }
    public static JsonObject Notify(JsonObject args) => throw new NotImplementedException("notify is not filled in");
}
