using RramSnn.Cli;

using SignalInterrupt interrupt = new();
return App.Run(args, new Host(Console.Out, Console.Error, interrupt.Token));
