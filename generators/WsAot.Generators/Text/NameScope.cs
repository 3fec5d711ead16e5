namespace WsAot.Generators.Text;

/// <summary>Gives out names, none twice.</summary>
internal sealed class NameScope(StringComparer comparer, params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, comparer);

    /// <returns>The wanted name, with a number where it is taken.</returns>
    public string Take(string wanted)
    {
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++) name = wanted + "_" + CSharpText.Number(number);
        return name;
    }
}
