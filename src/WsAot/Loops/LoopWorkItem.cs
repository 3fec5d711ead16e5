namespace WsAot.Loops;

/// <summary>Work posted to a loop: the call and its arguments in one object.</summary>
internal abstract class LoopWorkItem
{
    public abstract void Run();
}
