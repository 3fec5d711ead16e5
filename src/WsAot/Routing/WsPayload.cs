using System.ComponentModel;
using System.Text;

namespace WsAot.Routing;

/// <summary>The payload of the message that is being dispatched, in the form that the handler's parameter asks for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct WsPayload
{
    private readonly IPayloadHolder _holder;

    internal WsPayload(ReadOnlySpan<byte> span, IPayloadHolder holder)
    {
        Span = span;
        _holder = holder;
    }

    /// <summary>The bytes where they are; valid during the call.</summary>
    public ReadOnlySpan<byte> Span { get; }

    /// <summary>The bytes in a rented buffer, which is given back when the task that the handler returned has ended. Call it once.</summary>
    public ReadOnlyMemory<byte> ToMemory() => _holder.Hold(Span);

    /// <summary>The text of a message that is valid UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
