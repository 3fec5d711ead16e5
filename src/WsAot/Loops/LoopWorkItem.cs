namespace WsAot.Loops;

/// <summary>Work that is posted to a loop: the call and its arguments in one object.</summary>
internal abstract class LoopWorkItem
{
    public abstract void Run();
}
