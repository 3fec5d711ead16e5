using System.Text;

namespace WsAot.Describing;

/// <summary>
/// Merges the clients of several assemblies into one file. Their common runtime, and types that several have in common, are written once.
/// </summary>
internal static class ClientMerge
{
    // These match the generator's output.
    private const string RuntimeHead = "\n// What the clients run on.\n";
    private const string TopicsHead = "\n// What topics run on.\n";
    private const string ClientsHead = "\n// The clients.\n";
    private const string BlankLine = "\n\n";

    public static string Merge(IReadOnlyList<string> files)
    {
        string[] withClients = [.. files.Where(static file => file.Contains(ClientsHead, StringComparison.Ordinal))];
        if (withClients.Length < 2) return withClients.Length == 0 ? files[0] : withClients[0];
        var declared = new Dictionary<string, (string Text, string Assembly)>(StringComparer.Ordinal);
        var types = new StringBuilder();
        var clients = new StringBuilder();
        foreach (string file in withClients)
        {
            string assembly = Assembly(file);
            int runtime = file.IndexOf(RuntimeHead, StringComparison.Ordinal);
            foreach (string type in file[..runtime].TrimEnd('\n').Split(BlankLine).Skip(1))
            {
                if (TryDeclare(declared, type, assembly)) types.Append(BlankLine).Append(type);
            }

            string classes = file[(file.IndexOf(ClientsHead, StringComparison.Ordinal) + ClientsHead.Length)..];
            foreach (string part in classes.Split(BlankLine)) TryDeclare(declared, part, assembly);
            clients.Append(classes);
        }

        // The client runtime is the same in all files, but only files with topics have the topic runtime.
        string first = withClients.FirstOrDefault(static file => file.Contains(TopicsHead, StringComparison.Ordinal)) ?? withClients[0];
        string head = withClients[0][..withClients[0].IndexOf(BlankLine, StringComparison.Ordinal)];
        int start = first.IndexOf(RuntimeHead, StringComparison.Ordinal);
        int end = first.IndexOf(ClientsHead, StringComparison.Ordinal) + ClientsHead.Length;
        return $"{head}{types}\n{first[start..end]}{clients}";
    }

    /// <returns>Whether the part declares a name that is not declared yet.</returns>
    private static bool TryDeclare(Dictionary<string, (string Text, string Assembly)> declared, string part, string assembly)
    {
        if (NameIn(part) is not { } name || declared.TryAdd(name, (part, assembly))) return true;
        return declared[name].Text == part
            ? false
            : throw DescriptionMerge.DifferentTypes(name, declared[name].Assembly, assembly);
    }

    /// <summary>
    /// The name after <c>export interface</c>, <c>type</c>, <c>const</c> or <c>class</c> in TypeScript, or after <c>public sealed
    /// record</c> and the like in C#; null if nothing is declared.
    /// </summary>
    private static string? NameIn(string part)
    {
        string? line = part.Split('\n').FirstOrDefault(static line =>
            line.StartsWith("export ", StringComparison.Ordinal) || line.StartsWith("public ", StringComparison.Ordinal));
        string[] words = line?.Split([' ', ':', '('], StringSplitOptions.RemoveEmptyEntries) ?? [];
        int kind = Array.FindIndex(words, static word => word is "interface" or "type" or "const" or "class" or "record" or "enum");
        return kind < 0 || kind + 1 == words.Length ? null : words[kind + 1];
    }

    // "// MyApp 1.2.3, by `--describe typescript`."
    private static string Assembly(string file)
    {
        string nameAndVersion = file[3..file.IndexOf(',', StringComparison.Ordinal)];
        return nameAndVersion[..nameAndVersion.LastIndexOf(' ')];
    }
}
