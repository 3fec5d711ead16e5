namespace WsAot.Native.Tests.Harness;

/// <summary>A fact that is skipped where a tool is not installed, with the name of the package that brings it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(Tool tools = Tool.None)
    {
        Tools = tools;
        Skip = Harness.Tools.WhyNot(tools);
    }

    public Tool Tools { get; }
}
