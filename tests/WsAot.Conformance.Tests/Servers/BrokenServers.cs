using System.Net.Security;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Frames;

namespace WsAot.Conformance.Tests.Servers;

internal sealed class WrongAcceptServer : EchoServer
{
    protected override string ComputeAccept(string key) => base.ComputeAccept(key + " ");
}

internal sealed class UnmaskedServer : EchoServer
{
    protected override bool AllowsUnmasked => true;
}

internal sealed class ReservedBitsServer : EchoServer
{
    protected override bool AllowsReservedBits(int rsv, Opcode opcode, EchoConnection connection) => true;

    protected override byte[]? Decode(byte[] payload, EchoConnection connection) => payload;
}

internal sealed class LongerLengthsServer : EchoServer
{
    protected override bool AllowsLongerLengths => true;
}

internal sealed class AnyOrderServer : EchoServer
{
    protected override bool AllowsAnyOrder => true;
}

internal sealed class NoUtf8Server : EchoServer
{
    protected override bool MayBecomeText(ReadOnlySpan<byte> part) => true;

    protected override bool IsText(ReadOnlySpan<byte> message) => true;
}

internal sealed class NoFailFastServer : EchoServer
{
    protected override bool MayBecomeText(ReadOnlySpan<byte> part) => true;
}

internal sealed class SurrogatesServer : EchoServer
{
    protected override bool MayBecomeText(ReadOnlySpan<byte> part) => base.MayBecomeText(WithoutSurrogates(part));

    protected override bool IsText(ReadOnlySpan<byte> message) => base.IsText(WithoutSurrogates(message));

    private static byte[] WithoutSurrogates(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        for (int i = 1; i < copy.Length; i++)
        {
            if (copy[i - 1] == 0xed && copy[i] is >= 0xa0 and <= 0xbf) copy[i] = 0x80;
        }

        return copy;
    }
}

internal sealed class WrongPongServer : EchoServer
{
    protected override byte[] AnswerPing(byte[] payload) => payload.Length < 2 ? payload : payload[..^1];
}

internal sealed class AlwaysNormalCloseServer : EchoServer
{
    protected override byte[]? AnswerClose(byte[] payload) => [0x03, 0xe8];
}

internal sealed class NoCloseAnswerServer : EchoServer
{
    protected override byte[]? AnswerClose(byte[] payload) => null;
}

internal sealed class AnyCodeServer : EchoServer
{
    protected override bool AllowsCode(int code) => true;

    // Its own answer is legal, so that only what it takes is wrong.
    protected override byte[]? AnswerClose(byte[] payload) =>
        payload.Length > 1 && base.AllowsCode((payload[0] << 8) | payload[1]) ? payload : [];
}

internal sealed class OpenTcpServer : EchoServer
{
    protected override bool EndsTcp => false;
}

internal sealed class ResettingServer : EchoServer
{
    protected override bool Resets => true;
}

/// <summary>Right, as TLS goes: WebSocket has its own end.</summary>
internal sealed class NoCloseNotifyServer : EchoServer
{
    protected override bool EndsTls => false;
}

internal sealed class Http2Server : EchoServer
{
    protected override SslApplicationProtocol ApplicationProtocol => SslApplicationProtocol.Http2;
}

/// <summary>Right in permessage-deflate, with 12 bits for itself if asked for less than 15.</summary>
internal class DeflateServer : EchoServer
{
    protected override string? Negotiate(string offers, EchoConnection connection)
    {
        if (!offers.StartsWith("permessage-deflate", StringComparison.Ordinal)) return null;
        bool keepsContext = !offers.Contains("server_no_context_takeover", StringComparison.Ordinal);
        bool isSmall = offers.Contains("server_max_window_bits=", StringComparison.Ordinal);
        connection.Encoder = NewEncoder(isSmall ? 8 : 15, keepsContext);
        connection.Decoder = new InflateDecoder(15, !offers.Contains("client_no_context_takeover", StringComparison.Ordinal));
        return "permessage-deflate" + (keepsContext ? "" : "; server_no_context_takeover") + (isSmall ? "; server_max_window_bits=8" : "")
            + (offers.Contains("client_no_context_takeover", StringComparison.Ordinal) ? "; client_no_context_takeover" : "");
    }

    protected virtual DeflateEncoder NewEncoder(int windowBits, bool keepsContext) => new(windowBits, keepsContext);

    protected override bool AllowsReservedBits(int rsv, Opcode opcode, EchoConnection connection) =>
        rsv == 0 || (rsv == 4 && connection.Decoder is not null && opcode is Opcode.Text or Opcode.Binary);

    protected override byte[]? Decode(byte[] payload, EchoConnection connection)
    {
        try
        {
            return connection.Decoder!.Decode(payload);
        }
        catch (CaseFailedException)
        {
            return null;
        }
    }

    protected override byte[] Encode(Opcode opcode, byte[] message, EchoConnection connection) =>
        connection.Encoder is { } encoder
            ? FrameEncoder.Unmasked(0xc0 | (int)opcode, encoder.Encode(message))
            : base.Encode(opcode, message, connection);
}

internal sealed class LargeWindowServer : DeflateServer
{
    protected override DeflateEncoder NewEncoder(int windowBits, bool keepsContext) => base.NewEncoder(15, keepsContext);
}

internal sealed class KeptContextServer : DeflateServer
{
    protected override DeflateEncoder NewEncoder(int windowBits, bool keepsContext) => base.NewEncoder(windowBits, keepsContext: true);
}

internal sealed class Rsv1AnywhereServer : DeflateServer
{
    protected override bool AllowsReservedBits(int rsv, Opcode opcode, EchoConnection connection) => (rsv & 3) == 0;
}

internal sealed class GarbageServer : DeflateServer
{
    protected override byte[]? Decode(byte[] payload, EchoConnection connection) => base.Decode(payload, connection) ?? [];
}
