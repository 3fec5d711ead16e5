namespace WsAot.Architecture.Tests.Folders;

/// <summary>The folders of one project, the lowest first.</summary>
/// <param name="Path">The project's folder, from the root of the repository.</param>
internal sealed record ProjectFolders(string Path, params Folder[] Folders)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What is compiled into it; what its package gives to the builds of others is not.</summary>
    public SourceFile[] Sources => [.. Repository.Sources(Path).Where(static file => !file.Path.Contains("/buildTransitive/"))];

    public Folder Find(string name) =>
        Folders.SingleOrDefault(folder => folder.Name == name)
        ?? throw new InvalidOperationException($"{Path}/{name} is missing in FolderOrder.cs: say where it stands and what it uses.");

    public override string ToString() => Path;
}
