/* A host with its own loop and its own learning rule: a delta rule on one crossbar of memristors.
   cc -Iinclude crossbar.c -lrramsnn -lm && ./a.out */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rramsnn.h"

enum { ROWS = 64, COLUMNS = 10, STEPS = 2000 };

static void check(rramsnn_status status, const char *what)
{
    if (status != RRAMSNN_OK) {
        fprintf(stderr, "%s: %s\n", what, rramsnn_last_error());
        exit(1);
    }
}

/* Numbers that are the same everywhere. */
static float uniform(void)
{
    static unsigned state = 12345;
    state = state * 1664525u + 1013904223u;
    return (float)(state >> 8) / 16777216.0f;
}

int main(void)
{
    if (rramsnn_processor_level() == 0 || rramsnn_abi_version() != RRAMSNN_ABI_VERSION) {
        fprintf(stderr, "this processor or library does not fit\n");
        return 1;
    }

    rramsnn_device device;
    check(rramsnn_device_create("tiox-3v", &device), "device");
    rramsnn_crossbar_options options;
    check(rramsnn_crossbar_options_init(&options), "options");
    options.rows = ROWS;
    options.columns = COLUMNS;
    options.weight_range = 2;
    rramsnn_crossbar crossbar;
    check(rramsnn_crossbar_create(&options, device, &crossbar), "crossbar");
    rramsnn_crossbar_info info;
    check(rramsnn_crossbar_get_info(crossbar, &info), "info");

    /* The matrix to be learned. */
    static float wanted[ROWS][COLUMNS], input[ROWS], current[COLUMNS], wish[COLUMNS];
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            wanted[i][j] = uniform() - 0.5f;

    float first = 0, last = 0;
    for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < ROWS; i++)
            input[i] = uniform() < 0.2f ? uniform() : 0.0f;
        check(rramsnn_crossbar_accumulate(crossbar, input, ROWS, current, COLUMNS), "product");
        float error = 0;
        for (int j = 0; j < COLUMNS; j++) {
            float target = 0;
            for (int i = 0; i < ROWS; i++)
                target = fmaf(input[i], wanted[i][j], target);
            float difference = target - current[j] * info.weight_per_state;
            wish[j] = 0.1f * difference;
            error += difference * difference / COLUMNS;
        }
        check(rramsnn_crossbar_update(crossbar, input, ROWS, wish, COLUMNS), "update");
        first += step < 100 ? error / 100 : 0;
        last += step >= STEPS - 100 ? error / 100 : 0;
    }

    char hash[65];
    check(rramsnn_crossbar_state_sha256(crossbar, hash, sizeof hash), "hash");
    check(rramsnn_crossbar_get_info(crossbar, &info), "info");
    printf("library %s, %d bits, %lld writes\n", rramsnn_version(), rramsnn_vector_width(), (long long)info.write_total);
    printf("squared error %.2g -> %.2g\n", first, last);
    printf("state_sha256 %s\n", hash);
    check(rramsnn_crossbar_free(crossbar), "free");
    check(rramsnn_device_free(device), "free");
    return last < first / 4 ? 0 : 1;
}
