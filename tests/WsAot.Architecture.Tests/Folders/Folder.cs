namespace WsAot.Architecture.Tests.Folders;

/// <summary>A folder of a project, with all that lies below it; the files in no folder make up the <see cref="Root"/>.</summary>
/// <param name="Name">The folder directly below the project.</param>
/// <param name="Uses">The folders whose internals its code may use; each of them stands lower.</param>
internal sealed record Folder(string Name, params string[] Uses)
{
    public const string Root = "(root)";

    /// <summary>Folders that it uses although they stand higher: circles that are still to be broken.</summary>
    public string[] StillUses { get; init; } = [];

    /// <summary>
    /// Whether no other folder may name even its public types, so that an application without them does not pay for them.
    /// </summary>
    public bool IsNamedByNobody { get; init; }

    public bool MayUse(string folder) => folder == Name || Uses.Contains(folder) || StillUses.Contains(folder);
}
