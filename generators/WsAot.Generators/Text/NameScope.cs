using System.Diagnostics;

namespace WsAot.Generators.Text;

/// <summary>Hands out unique names.</summary>
internal sealed class NameScope(StringComparer comparer, params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, comparer);

    /// <returns>The wanted name, with a number appended if it is taken.</returns>
    public string Take(string wanted)
    {
        Debug.Assert(wanted.Length > 0, "A name is not empty.");
        string name = wanted;
        for (int number = 2; !_taken.Add(name); number++) name = wanted + "_" + CSharpText.Number(number);
        return name;
    }
}
