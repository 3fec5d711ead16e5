using System.Text;
using WsAot.Soak.Abusing;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Latency;

/// <summary>The rows of the table.</summary>
internal static class Attacks
{
    private const string RoomPath = "/chat/attacked";
    private const int LargestMessage = 64 * 1024;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("echo-flood", "/echo", MaskedFrame.Create(Opcode.Binary, new byte[16 * 1024])),
        // The method takes a number, so each call gets -32602. This is enough to keep a core busy.
        new("rpc-batch-wrong", RpcMessages.Path, RpcMessages.Batch("Divide", """["x"]"""))
        {
            BytesPerSecond = 5_000_000,
            Answer = "\"code\":-32602",
        },
        new("rpc-batch-throw", RpcMessages.Path, RpcMessages.Batch("Divide", "[1,0]")) { Answer = "Division by zero" },
        new("rpc-batch-publish", RpcMessages.Path, RpcMessages.Batch("Shout", """[{"who":"me","text":"hello"}]"""))
        {
            Audience = 4000,
            Answer = "\"method\":\"Said\"",
        },
        // The answers are ready after 0.2 s, and nobody reads them.
        new("rpc-pending", RpcMessages.Path, RpcMessages.Pending(delayMs: 200))
        {
            ComesAgainAfter = TimeSpan.FromSeconds(1),
            Answer = "\"result\":",
        },
        new("chat-flood-large", RoomPath, Letters()) { Audience = 1000 },
        new("chat-flood-large-4000", RoomPath, Letters()) { Audience = 4000 },
        new("chat-flood-dedicated", RoomPath, Letters()) { Audience = 300, AudienceOffersDeflate = true, Compression = "dedicated" },
    ];

    /// <summary>Text with many short matches and no long ones, which takes the most time to compress.</summary>
    private static byte[] Letters()
    {
        Random random = new(1);
        return MaskedFrame.Create(Opcode.Text, Encoding.ASCII.GetBytes(random.GetItems<char>("abcdefgh", LargestMessage)));
    }
}
