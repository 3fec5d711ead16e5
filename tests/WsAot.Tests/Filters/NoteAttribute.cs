using WsAot.Tests.Harness;

namespace WsAot.Tests.Filters;

/// <summary>Writes down what it sees, and does what the test's <see cref="FilterScript"/> says.</summary>
public class NoteAttribute(string name) : WsFilterAttribute
{
    public string? Suffix { get; set; }

    public override void OnCalling(WsCall call)
    {
        Script script = ScriptOf(call);
        script.Journal.Add($"{name}{Suffix} before {call.Name}");
        call.State = name;
        script.Filters.Calling?.Invoke(call, name);
    }

    public override Exception? OnException(WsCall call, Exception exception) => ScriptOf(call).Filters.Exception(call, exception);

    public override void OnCalled(WsCall call)
    {
        Script script = ScriptOf(call);
        string outcome = call.IsRefused ? " refused" : call.Exception is { } exception ? " " + exception.GetType().Name : "";
        script.Journal.Add($"{call.State}{Suffix} after {call.Name}{outcome}");
        script.Filters.Called?.Invoke(call, name);
    }

    protected static Script ScriptOf(WsCall call) => (Script)call.Services.GetService(typeof(Script))!;
}
