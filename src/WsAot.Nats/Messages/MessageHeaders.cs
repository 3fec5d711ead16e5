using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Primitives;
using NATS.Client.Core;

namespace WsAot.Nats.Messages;

/// <summary>
/// The values of our own and JetStream's headers. They are read without the client's parser, which creates a dictionary for each message.
/// </summary>
internal readonly record struct MessageHeaders
{
    /// <summary>The header that names the server that published the message.</summary>
    public const string NodeName = "Wsaot-Node";

    /// <summary>The header for the kind of message: <c>binary</c>. Any other message is text, if it is valid UTF-8.</summary>
    public const string TypeName = "Wsaot-Type";

    /// <summary>The header that names the connection of that server that does not get the message.</summary>
    public const string ExceptName = "Wsaot-Except";

    public const string Binary = "binary";

    private const int MostOnStack = 1024;

    /// <summary>The server that published the message; null if it was not a server.</summary>
    public string? Node { get; private init; }

    public bool IsBinary { get; private init; }

    /// <summary>The number by which that server finds the connection that does not get the message; 0 if all get it.</summary>
    public long Except { get; private init; }

    /// <summary>The message's number in the stream; 0 if it does not come from a stream.</summary>
    public long Sequence { get; private init; }

    /// <summary>The number of the message before it in its subject; 0 if there is none any more.</summary>
    public long LastSequence { get; private init; }

    public static MessageHeaders Read(in ReadOnlySequence<byte> headers)
    {
        if (headers.IsSingleSegment) return Read(headers.FirstSpan);
        int length = (int)headers.Length;
        Span<byte> bytes = length <= MostOnStack ? stackalloc byte[length] : new byte[length];
        headers.CopyTo(bytes);
        return Read(bytes);
    }

    public static MessageHeaders Read(ReadOnlySpan<byte> headers)
    {
        string? node = null;
        bool isBinary = false;
        long except = 0;
        long sequence = 0;
        long last = 0;
        foreach (Range range in headers.Split("\r\n"u8))
        {
            ReadOnlySpan<byte> line = headers[range];
            int colon = line.IndexOf((byte)':');
            if (colon <= 0) continue;
            ReadOnlySpan<byte> name = line[..colon];
            ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
            if (Is(name, NodeName)) node = Encoding.ASCII.GetString(value);
            else if (Is(name, TypeName)) isBinary = Is(value, Binary);
            else if (Is(name, ExceptName)) except = ParseNumber(value);
            else if (Is(name, "Nats-Sequence")) sequence = ParseNumber(value);
            else if (Is(name, "Nats-Last-Sequence")) last = ParseNumber(value);
        }

        return new MessageHeaders { Node = node, IsBinary = isBinary, Except = except, Sequence = sequence, LastSequence = last };
    }

    /// <summary>Reads the headers from the client's parser.</summary>
    public static MessageHeaders Read(NatsHeaders? headers)
    {
        if (headers is null) return default;
        var read = default(MessageHeaders);
        foreach ((string name, StringValues value) in headers)
        {
            if (IsName(name, NodeName)) read = read with { Node = value };
            else if (IsName(name, TypeName)) read = read with { IsBinary = IsName(value.ToString(), Binary) };
            else if (IsName(name, ExceptName)) read = read with { Except = ParseNumber(Encoding.ASCII.GetBytes(value.ToString())) };
        }

        return read;
    }

    private static bool IsName(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool Is(ReadOnlySpan<byte> bytes, string text) => Ascii.EqualsIgnoreCase(bytes, text);

    private static long ParseNumber(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length && number > 0 ? number : 0;
}
