namespace WsAot.Bench.Profiling;

/// <summary>Whose code it is.</summary>
internal enum CodeOwner
{
    Kernel,

    /// <summary>In the published file: ours, and the runtime's that is linked into it.</summary>
    File,

    /// <summary>libc and what else is loaded.</summary>
    Library,
}
