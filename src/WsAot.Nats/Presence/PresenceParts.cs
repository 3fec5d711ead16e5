using System.Text.Encodings.Web;
using System.Text.Json;

namespace WsAot.Nats.Presence;

/// <summary>
/// Splits a topic's message into parts that NATS accepts. Each part has its own number, and that of the part before it as its <see
/// cref="PresenceMessage.Before"/>, so a server that misses one notices it as for any change, and asks.
/// </summary>
internal static class PresenceParts
{
    /// <summary>The largest size of a part, even if NATS accepts more, because other messages wait behind it on the connection.</summary>
    private const int Most = 256 * 1024;

    /// <summary>The distance from the limit of NATS, which counts headers too: the client adds some if it is traced.</summary>
    private const int HeaderBytes = 512;

    /// <summary>The bytes of a message besides the members and the name of the server.</summary>
    private const int FrameBytes = 160;

    /// <summary>The bytes of a member besides its id and its user.</summary>
    private const int MemberBytes = 20;

    /// <summary>The most bytes of a character: six if it is escaped.</summary>
    private const int CharacterBytes = 6;

    /// <summary>The largest size of a message.</summary>
    /// <param name="maxPayload">The limit of NATS; null if unknown.</param>
    public static int MaxBytes(int? maxPayload) => maxPayload is { } limit and > 0
        ? Math.Min(Most, Math.Max(limit - HeaderBytes, limit / 2))
        : Most;

    /// <summary>Splits a message. A member that does not fit into any message is left out.</summary>
    public static IReadOnlyList<PresenceMessage> Of(PresenceMessage message, int maxBytes)
    {
        int room = maxBytes - FrameBytes - (CharacterBytes * message.Node.Length);
        int most = message.Left.Sum(static id => MostOf(id, null)) + message.Joined.Sum(static member => MostOf(member.Id, member.User));
        if (most <= room) return [message];
        var parts = new List<(List<WsMember> Joined, List<string> Left)> { ([], []) };
        int free = room;
        foreach (string id in message.Left)
        {
            if (Take(BytesOf(id, null)) is { } part) part.Left.Add(id);
        }

        foreach (WsMember member in message.Joined)
        {
            if (Take(BytesOf(member.Id, member.User)) is { } part) part.Joined.Add(member);
        }

        return [.. parts.Select((part, i) => new PresenceMessage
        {
            Node = message.Node,
            Version = message.Version + i,
            Before = i == 0 ? message.Before : message.Version + i - 1,
            IsAll = message.IsAll && i == 0,
            HasMore = i < parts.Count - 1,
            Joined = part.Joined,
            Left = part.Left,
        })];

        (List<WsMember> Joined, List<string> Left)? Take(int bytes)
        {
            if (bytes > room) return null;
            if (bytes > free)
            {
                parts.Add(([], []));
                free = room;
            }

            free -= bytes;
            return parts[^1];
        }
    }

    private static int MostOf(string id, string? user) => MemberBytes + (CharacterBytes * (id.Length + (user?.Length ?? 0)));

    private static int BytesOf(string id, string? user) => MemberBytes + BytesOf(id) + (user is null ? 0 : BytesOf(user));

    private static int BytesOf(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;
}
