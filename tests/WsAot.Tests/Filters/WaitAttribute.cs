namespace WsAot.Tests.Filters;

/// <summary>As <see cref="NoteAttribute"/>, and waits before the call as long as the test says.</summary>
public sealed class WaitAttribute(string name) : NoteAttribute(name)
{
    public override async ValueTask OnCallingAsync(WsCall call) => await ScriptOf(call).Filters.Waiting(call);
}
