using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace WsAot.Generators.Emitting;

/// <summary>Identifiers made of the names of types, so that a person who reads generated code sees what they are of.</summary>
internal static class TypeIdentifier
{
    /// <param name="type">As code names it: <c>global::System.Collections.Generic.List&lt;int[]&gt;</c> becomes <c>ListIntArray</c>.</param>
    public static string Of(string type)
    {
        var identifier = new StringBuilder();
        int start = 0;
        while (start < type.Length)
        {
            int end = start;
            while (end < type.Length && SyntaxFacts.IsIdentifierPartCharacter(type[end])) end++;
            // What stands before '.' or '::' says where the type is, not what it is.
            bool qualifies = end < type.Length && type[end] is '.' or ':';
            if (end > start && !qualifies) identifier.Append(char.ToUpperInvariant(type[start])).Append(type, start + 1, end - start - 1);
            else if (type[start] is '[' or '?') identifier.Append(type[start] == '[' ? "Array" : "OrNull");
            start = end > start ? end : start + 1;
        }

        return identifier.ToString();
    }
}
