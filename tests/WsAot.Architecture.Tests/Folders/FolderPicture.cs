using System.Text;

namespace WsAot.Architecture.Tests.Folders;

/// <summary>Draws the order of the folders as text.</summary>
internal static class FolderPicture
{
    /// <summary>What stands in CONTRIBUTING.md: the highest folder first, since that is what rests on the others.</summary>
    public static string Draw(IEnumerable<ProjectFolders> projects)
    {
        var picture = new StringBuilder();
        foreach (ProjectFolders project in projects)
        {
            if (picture.Length > 0) picture.Append('\n');
            picture.Append(project.Path).Append('\n');
            int width = project.Folders.Max(static folder => folder.Name.Length);
            foreach (Folder folder in project.Folders.Reverse())
            {
                string uses = string.Join(", ", project.Folders.Reverse().Select(static other => other.Name).Where(folder.Uses.Contains));
                string still = folder.StillUses.Length == 0 ? "" : $"  and still {string.Join(", ", folder.StillUses)}";
                string note = folder.IsNamedByNobody ? "  (named by nobody)" : "";
                picture.Append($"  {folder.Name.PadRight(width)}  {(uses == "" ? "-" : uses)}{still}{note}".TrimEnd()).Append('\n');
            }
        }

        return picture.ToString();
    }

    /// <summary>
    /// The uses that are there, as lines for FolderOrder.cs; an arrow to a folder that stands higher there closes a circle.
    /// </summary>
    public static string AsTable(ProjectFolders project, FolderGraph graph)
    {
        var table = new StringBuilder();
        string[] order = [.. project.Folders.Select(static folder => folder.Name)];
        for (int i = 0; i < order.Length; i++)
        {
            ILookup<bool, string> uses = graph.UsedBy(order[i]).ToLookup(other => Array.IndexOf(order, other) < i);
            string still = uses[false].Any() ? $"StillUses = [{Quoted(uses[false])}]" : "";
            string alone = project.Folders[i].IsNamedByNobody ? "IsNamedByNobody = true" : "";
            string more = string.Join(", ", new[] { still, alone }.Where(static part => part != ""));
            table.Append(
                $"            new({Quoted([order[i], .. order.Where(uses[true].Contains)])}){(more == "" ? "" : $" {{ {more} }}")},\n");
        }

        return table.ToString();
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"\"{name}\""));
}
