namespace WsAot.Hosting;

/// <summary>Something to be done on a loop, posted from another thread: the call and its arguments in one object.</summary>
internal abstract class LoopCall
{
    public abstract void Run();
}
