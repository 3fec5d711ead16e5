using WsAot.Protocol.Messages;

namespace WsAot.Protocol.Tests.Support;

/// <summary>An event of a receiver, its payload as a string so that lists compare and print well.</summary>
internal readonly record struct Received(ReceiveStatus Status, string Payload, ProtocolError Error)
{
    public static Received Of(ReceiveStatus status, ReadOnlySpan<byte> payload) =>
        new(status, Convert.ToHexString(payload), ProtocolError.None);

    public static Received Failure(ProtocolError error) => new(ReceiveStatus.Error, "", error);

    public static Received Text(string text) => Of(ReceiveStatus.Text, Wire.Utf8(text));

    public static Received Binary(byte[] bytes) => Of(ReceiveStatus.Binary, bytes);

    public static Received Ping(byte[] bytes) => Of(ReceiveStatus.Ping, bytes);

    public static Received Pong(byte[] bytes) => Of(ReceiveStatus.Pong, bytes);

    public static Received Close(byte[] bytes) => Of(ReceiveStatus.Close, bytes);
}
