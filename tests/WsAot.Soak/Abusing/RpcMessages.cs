using System.Text;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Abusing;

/// <summary>Frames for the JSON-RPC route of the published file.</summary>
internal static class RpcMessages
{
    public const string Path = "/rpc";

    /// <summary>The most calls that the server accepts in one batch.</summary>
    public const int CallsPerBatch = 100;

    /// <summary>The most asynchronous calls that may run at once on one connection.</summary>
    public const int PendingCalls = 32;

    private const int MaxMessageBytes = 64 * 1024;

    /// <summary>One batch: the same call a hundred times, each with an id, so that each is answered.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="parameters">An array or an object, as JSON.</param>
    public static byte[] Batch(string method, string parameters)
    {
        IEnumerable<string> calls = Enumerable.Range(1, CallsPerBatch)
            .Select(id => $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return MaskedFrame.Create(Opcode.Text, Encoding.UTF8.GetBytes($"[{string.Join(',', calls)}]"));
    }

    /// <summary>
    /// As many calls as may be pending, each as long as a message may be. The text is all 0x7F, which an encoder may write as
    /// <c>\u007F</c>, six times as long in the answer.
    /// </summary>
    public static byte[] Pending(int delayMs) =>
        [.. Enumerable.Range(1, PendingCalls).SelectMany(id => MaskedFrame.Create(Opcode.Text, Later(id, delayMs)))];

    private static byte[] Later(int id, int delayMs)
    {
        byte[] head = Encoding.UTF8.GetBytes(
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"Later","params":{"delayMs":{{delayMs}},"text":" """.TrimEnd());
        byte[] tail = "\"}}"u8.ToArray();
        return [.. head, .. Enumerable.Repeat((byte)0x7F, MaxMessageBytes - head.Length - tail.Length), .. tail];
    }
}
