namespace WsAot.Architecture.Tests.Folders;

/// <summary>What must hold between the uses that are there and the order that is written down.</summary>
internal static class FolderRules
{
    public static FolderGraph Graph(IEnumerable<FolderUse> uses) => new(uses.Select(static use => (use.From, use.To)));

    /// <summary>Uses that the order does not allow.</summary>
    public static IEnumerable<string> Forbidden(ProjectFolders project, IEnumerable<FolderUse> uses) =>
        from use in uses
        let folder = project.Find(use.From)
        where !folder.MayUse(use.To)
        let allowed = folder.Uses.Length == 0 ? "none" : string.Join(", ", folder.Uses)
        select $"{use.Place}: {use.Symbol}: {use.From} may not use {use.To} (allowed: {allowed})";

    /// <summary>What the order allows and no code uses.</summary>
    public static IEnumerable<string> Unneeded(ProjectFolders project, IEnumerable<FolderUse> uses)
    {
        HashSet<(string From, string To)> there = [.. uses.Select(static use => (use.From, use.To))];
        return
            from folder in project.Folders
            from allowed in folder.Uses.Concat(folder.StillUses)
            where !there.Contains((folder.Name, allowed))
            select $"{folder.Name} uses nothing of {allowed}";
    }

    /// <summary>Folders that reach each other, apart from the circles that are known as still to be broken.</summary>
    public static IEnumerable<string> Circles(ProjectFolders project, IEnumerable<FolderUse> uses) =>
        Graph(uses.Where(use => !project.Find(use.From).StillUses.Contains(use.To)))
            .Circles()
            .Select(static circle => string.Join(", ", circle));

    /// <summary>Folders that are missing, listed twice, gone, or used before they are listed.</summary>
    public static IEnumerable<string> Disorder(ProjectFolders project, IEnumerable<SourceFile> files)
    {
        string[] there = [.. files.Select(file => FolderUses.FolderOf(project, file.Path)).Distinct()];
        string[] listed = [.. project.Folders.Select(static folder => folder.Name)];
        return
        [
            .. there.Except(listed).Select(static folder => $"{folder} is not listed"),
            .. listed.Except(there).Select(static folder => $"{folder} is not there"),
            .. listed.CountBy(static folder => folder)
                .Where(static count => count.Value > 1)
                .Select(static count => $"{count.Key} is listed twice"),
            .. project.Folders.SelectMany((folder, i) =>
                folder.Uses.Except(listed[..i]).Select(other => $"{folder.Name} uses {other}, which does not stand below it")),
        ];
    }
}
