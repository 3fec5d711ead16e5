using System.Text;

namespace WsAot.Testing;

/// <summary>A message from the server.</summary>
public sealed class WsTestMessage
{
    internal WsTestMessage(bool isText, byte[] payload) => (IsText, Payload) = (isText, payload);

    /// <summary>Whether it is a text message; otherwise it is binary.</summary>
    public bool IsText { get; }

    /// <summary>The payload; for a text message, its UTF-8.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>The kind and the payload, shortened if it is long.</summary>
    public override string ToString()
    {
        const int MaxChars = 200;
        if (!IsText) return $"binary, {Payload.Length} bytes: {Convert.ToHexString(Payload.Span[..Math.Min(Payload.Length, 32)])}";
        string text = Text;
        return text.Length <= MaxChars ? $"text \"{text}\"" : $"text \"{text[..MaxChars]}...\", {text.Length} characters";
    }
}
