namespace WsAot.Bench.Profiling;

/// <summary>The owner of code.</summary>
internal enum CodeOwner
{
    Kernel,

    /// <summary>Code in the published file: ours, and that of the linked runtime.</summary>
    File,

    /// <summary>libc and other loaded libraries.</summary>
    Library,
}
