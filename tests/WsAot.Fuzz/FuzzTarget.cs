using WsAot.Fuzz.Support;

namespace WsAot.Fuzz;

/// <summary>Something to fuzz. An input is any sequence of bytes; the target gives them a meaning.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The name of the target, on the command line and of its folders of seeds and regressions.</summary>
    public abstract string Name { get; }

    /// <summary>How many inputs each build tries, which takes about ten seconds.</summary>
    public abstract int SliceInputs { get; }

    /// <summary>How many bytes belong together, counted from the end: minimizing an input drops this many at a time.</summary>
    public virtual int Unit => 1;

    /// <summary>Makes an input that mostly has the structure that the target expects.</summary>
    public abstract byte[] Generate(FuzzRandom random);

    /// <summary>Tries an input. The result depends only on the input.</summary>
    /// <returns>Null if everything is right; else what is wrong. An exception is a finding, too.</returns>
    public abstract string? Check(byte[] input);
}
