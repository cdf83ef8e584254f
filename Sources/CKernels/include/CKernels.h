#pragma once
// Loops that Swift can't dispatch at run time to the widest instructions of the processor, one topic a header.

#include "activations.h"
#include "ascent.h"
#include "attention.h"
#include "channels.h"
#include "distributions.h"
#include "maps.h"
#include "moments.h"
#include "parallel.h"
#include "phases.h"
#include "product.h"
#include "relevance.h"
#include "resample.h"
#include "sort.h"
#include "tokens.h"
#include "transforms.h"
#include "winograd.h"
