namespace WsAot.Tests.Filters;

/// <summary>A filter that does all that a filter can do without allocating.</summary>
public sealed class TimedAttribute : WsFilterAttribute
{
    private long _total;

    public override void OnCalling(WsCall call)
    {
        call.Timestamp = call.PayloadLength;
        if (call.GetAttribute<LabelAttribute>() is null) call.Refuse("no label");
    }

    public override void OnCalled(WsCall call) => _total += call.Timestamp;
}
