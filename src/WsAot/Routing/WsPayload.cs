using System.ComponentModel;
using System.Text;

namespace WsAot.Routing;

/// <summary>The payload of the current message, in the form that the handler's parameter asks for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct WsPayload
{
    private readonly IPayloadHolder _holder;

    internal WsPayload(ReadOnlySpan<byte> span, IPayloadHolder holder)
    {
        Span = span;
        _holder = holder;
    }

    /// <summary>The bytes in the receive buffer; valid during the call.</summary>
    public ReadOnlySpan<byte> Span { get; }

    /// <summary>Copies the bytes to a rented buffer, which is returned when the handler's task has completed. Call it once.</summary>
    public ReadOnlyMemory<byte> ToMemory() => _holder.Hold(Span);

    /// <summary>
    /// Copies the bytes as <see cref="ToMemory"/> does, for a method that is called later. Call only one of the two, and only once.
    /// </summary>
    public WsHeldPayload Hold() => new(ToMemory());

    /// <summary>The payload as text, if it is valid UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
