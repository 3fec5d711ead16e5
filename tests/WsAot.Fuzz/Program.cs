using System.Diagnostics;
using System.Globalization;
using WsAot.Fuzz;
using WsAot.TestKit.Reporting;

// Usage: [--minutes 30] [--seed 1] [--target name], or --replay file --target name. Exit code: 0 nothing found, 1 something, 2 wrong usage.
var options = new Dictionary<string, string>();
for (int i = 0; i < args.Length; i += 2)
{
    if (i + 1 == args.Length || args[i] is not ("--minutes" or "--seed" or "--target" or "--replay"))
    {
        Console.Error.WriteLine("Usage: [--minutes 30] [--seed 1] [--target name] | --replay file --target name");
        return 2;
    }

    options[args[i]] = args[i + 1];
}

IReadOnlyList<FuzzTarget> targets = options.TryGetValue("--target", out string? name) ? [Targets.ByName(name)] : Targets.All;
if (options.TryGetValue("--replay", out string? file))
{
    string? problem = Fuzzer.Check(targets[0], File.ReadAllBytes(file));
    Console.WriteLine(problem ?? "All is well.");
    return problem is null ? 0 : 1;
}

double minutes = double.Parse(options.GetValueOrDefault("--minutes", "1"), CultureInfo.InvariantCulture);
ulong seed = options.TryGetValue("--seed", out string? given)
    ? ulong.Parse(given, CultureInfo.InvariantCulture)
    : (ulong)DateTime.UtcNow.Ticks;
using RunProgress progress = RunProgress.OnConsole();
TextWriter output = progress.Above(Console.Out);
output.WriteLine(FormattableString.Invariant($"seed {seed}, {minutes} minutes"));
return new LongRun(targets, seed, output, progress).Run(TimeSpan.FromMinutes(minutes), Stopwatch.StartNew());
