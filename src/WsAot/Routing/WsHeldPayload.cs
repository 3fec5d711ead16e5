using System.ComponentModel;
using System.Text;

namespace WsAot.Routing;

/// <summary>A copy of the payload of the current message, for a method that is called after a filter has waited.</summary>
/// <param name="memory">Valid until the task of the event has completed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WsHeldPayload(ReadOnlyMemory<byte> memory)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => memory.Span;

    /// <summary>The bytes; valid until the task of the event has completed.</summary>
    public ReadOnlyMemory<byte> ToMemory() => memory;

    /// <summary>The payload as text, if it is valid UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(memory.Span);
}
