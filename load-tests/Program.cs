using Gamification.LoadTests.Benchmarks.Runtime;

return args is ["bench", "runtime", .. var rest] ? await RuntimeBenchmarks.Run(rest) : Usage();

static int Usage()
{
    Console.WriteLine("load-tests: bench runtime [name] [seconds]");
    return 1;
}
